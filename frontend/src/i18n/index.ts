export { formatNumber } from './format'
export { LANGUAGES, type Language, language, locale, remember } from './language'
export { rich } from './rich'
export { parts, plural, problemTitle, say, serverSaid, t } from './t'
