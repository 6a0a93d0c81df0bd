/** What an image is labelled without, until somebody asks for it: one piece of code, loaded later. */

export { BesidePanel } from './beside/BesidePanel'
export { CommentList } from './comments/CommentList'
export { SecondView } from './display/SecondView'
export { IssuesPanel } from './findings/IssuesPanel'
export { HistoryPanel } from './history/HistoryPanel'
export { InstructionsDialog } from './InstructionsDialog'
export { PreviousDialog } from './PreviousDialog'
export { AboutImage } from './panel/AboutImage'
export { SelectedObject } from './panel/SelectedObject'
export { QuestionDialog } from './QuestionDialog'
export { KeysDialog } from './shortcuts/KeysDialog'
export { ShortcutsDialog } from './shortcuts/ShortcutsDialog'
