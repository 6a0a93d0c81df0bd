export { EditorPage, ReviewPage } from './EditorPage'
