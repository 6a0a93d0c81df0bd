export { DataPage } from './DataPage'
