import { accounts } from './accounts'
import { assets } from './assets'
import { attachments } from './attachments'
import { common } from './common'
import { courses } from './courses'
import { differences } from './differences'
import { editorPage } from './editor-page'
import { editorPanels } from './editor-panels'
import { engine } from './engine'
import { exports } from './exports'
import { gold } from './gold'
import { home } from './home'
import { insights } from './insights'
import { instructions } from './instructions'
import { members } from './members'
import { models } from './models'
import { notifications } from './notifications'
import { ontologies } from './ontologies'
import { projects } from './projects'
import { quality } from './quality'
import { queue } from './queue'
import { reviews } from './reviews'
import { rules } from './rules'
import { uploads } from './uploads'

export { nameComponents } from './components'
export { problemTitles } from './problems'
export { serverSentences } from './server'

export const german = {
  ...accounts,
  ...assets,
  ...attachments,
  ...common,
  ...courses,
  ...differences,
  ...editorPage,
  ...editorPanels,
  ...engine,
  ...exports,
  ...gold,
  ...home,
  ...insights,
  ...instructions,
  ...members,
  ...models,
  ...notifications,
  ...ontologies,
  ...projects,
  ...quality,
  ...queue,
  ...reviews,
  ...rules,
  ...uploads,
}
