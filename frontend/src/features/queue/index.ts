export { QueuePage } from './QueuePage'
