import { accounts } from './accounts'
import { common } from './common'

export { nameComponents } from './components'
export { problemTitles } from './problems'

export const german = { ...accounts, ...common }
