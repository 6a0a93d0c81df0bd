export { OpenQuestions } from './OpenQuestions'
export { QueuePage } from './QueuePage'
