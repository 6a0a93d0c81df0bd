export { OverviewPage } from './OverviewPage'
export { SettingsPage } from './SettingsPage'
