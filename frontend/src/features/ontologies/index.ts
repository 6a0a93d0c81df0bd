export { OntologyPage } from './OntologyPage'
