import { accounts } from './accounts'
import { common } from './common'
import { editorPage } from './editor-page'
import { editorPanels } from './editor-panels'
import { engine } from './engine'
import { gold } from './gold'
import { models } from './models'
import { notifications } from './notifications'

export { nameComponents } from './components'
export { problemTitles } from './problems'

export const german = {
  ...accounts,
  ...common,
  ...engine,
  ...editorPage,
  ...editorPanels,
  ...models,
  ...notifications,
  ...gold,
}
