/** The parts of the page that come later, for those who show them. */

import { later } from './later'

const rest = () => import('./rest')
const review = () => import('./review/rest')

export const AllDisplaySettings = later(rest, (parts) => parts.AllDisplaySettings)
export const Annotations = later(rest, (parts) => parts.Annotations)
export const BesidePanel = later(rest, (parts) => parts.BesidePanel)
export const CommandPalette = later(rest, (parts) => parts.CommandPalette)
export const CommentList = later(rest, (parts) => parts.CommentList)
export const SecondView = later(rest, (parts) => parts.SecondView)
export const IssuesPanel = later(rest, (parts) => parts.IssuesPanel)
export const HistoryPanel = later(rest, (parts) => parts.HistoryPanel)
export const InstructionsDialog = later(rest, (parts) => parts.InstructionsDialog)
export const LateWorkNotice = later(rest, (parts) => parts.LateWorkNotice)
export const PreviousDialog = later(rest, (parts) => parts.PreviousDialog)
export const AboutImage = later(rest, (parts) => parts.AboutImage)
export const SelectedObject = later(rest, (parts) => parts.SelectedObject)
export const QuestionDialog = later(rest, (parts) => parts.QuestionDialog)
export const KeysDialog = later(rest, (parts) => parts.KeysDialog)
export const ShortcutsDialog = later(rest, (parts) => parts.ShortcutsDialog)
export const Reasons = later(rest, (parts) => parts.Reasons)
export const SkipReasons = later(rest, (parts) => parts.SkipReasons)
export const WaitingRoom = later(rest, (parts) => parts.WaitingRoom)
export const CompareLayer = later(review, (parts) => parts.CompareLayer)
export const ReviewActions = later(review, (parts) => parts.ReviewActions)
export const ReviewPanel = later(review, (parts) => parts.ReviewPanel)
