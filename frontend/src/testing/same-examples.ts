import fc from 'fast-check'

// Whether a change may land is to depend on the change: properties try the same examples in every run.
// `make explore` tries new ones, and what it finds becomes an example that stays.
if (!import.meta.env.MASKWRIGHT_EXPLORE) fc.configureGlobal({ seed: 1 })
