import { accounts } from './accounts'
import { common } from './common'
import { engine } from './engine'

export { nameComponents } from './components'
export { problemTitles } from './problems'

export const german = { ...accounts, ...common, ...engine }
