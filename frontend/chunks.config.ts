import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'

/** What the bundler says of a module. */
interface Links {
  readonly importedIds: readonly string[]
  readonly dynamicallyImportedIds: readonly string[]
}

interface Modules {
  getModuleInfo(id: string): Links | null
}

const source = (path: string) => fileURLToPath(new URL(`./src/${path}`, import.meta.url))
const ROUTER = source('app/router.tsx')
const EDITOR = source('features/editor/index.ts')
const FONT = /^assets\/inter-latin-wght-normal-[^/]+\.woff2$/
const IMAGE_WORKER = /^assets\/image\.worker-[^/]+\.js$/

type Bundle = Parameters<
  Extract<NonNullable<Plugin['generateBundle']>, (...a: never) => unknown>
>[1]

/** One module names all of its components here, so that whoever needs one seems to need all. */
const NAMES_MORE_THAN_NEEDED = /node_modules\/(react-aria|react-stately|@internationalized)/

/** The controls of dialogs and forms, and what they are made of. */
const CONTROLS = /node_modules\/(react-aria|react-stately|@internationalized)|\/src\/ui\//

/** Fewer pages load a control by themselves. */
const PAGES_THAT_SHARE = 4

/**
 * The files that the first image needs: `main` for what every page needs, `editor` for the rest, and
 * `shared` for what of that other pages have as well. By itself the bundler makes a file of each set
 * of modules with the same users: the first image then waited for fifty of them, and finding each
 * costs a busy computer milliseconds.
 */
export function firstImageGroups() {
  let sets: { editor: ReadonlySet<string>; others: ReadonlySet<string> } | null = null
  const isOfEditor = (id: string, modules: Modules, isShared: boolean) => {
    sets ??= setsOf(modules)
    const isNamed = !NAMES_MORE_THAN_NEEDED.test(id) && sets.editor.has(id)
    return isNamed && sets.others.has(id) === isShared
  }
  return [
    { name: 'main', tags: ['$initial' as const], priority: 3 },
    // What most other pages need, and the editor's dialogs: by itself it becomes a dozen small files.
    {
      debugName: 'controls',
      name: 'controls',
      priority: 0,
      test: CONTROLS,
      minShareCount: PAGES_THAT_SHARE,
    },
    {
      debugName: 'shared',
      priority: 2,
      name: (id: string, modules: Modules) => (isOfEditor(id, modules, true) ? 'shared' : null),
    },
    {
      debugName: 'editor',
      priority: 1,
      name: (id: string, modules: Modules) => (isOfEditor(id, modules, false) ? 'editor' : null),
    },
  ]
}

function setsOf(modules: Modules) {
  const pages = modules.getModuleInfo(ROUTER)?.dynamicallyImportedIds ?? []
  const others = pages.filter((id) => id !== EDITOR)
  return { editor: neededBy([EDITOR], modules), others: neededBy(others, modules) }
}

/** All that must be there before these modules run. */
function neededBy(roots: readonly string[], modules: Modules): ReadonlySet<string> {
  const found = new Set(roots)
  for (const id of found) {
    for (const imported of modules.getModuleInfo(id)?.importedIds ?? []) found.add(imported)
  }
  return found
}

/** Tells `public/start.js` which files the editor is made of, so that they come before it is asked for. */
export function earlyStart(): Plugin {
  return {
    name: 'early-start',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (_html, { bundle = {} }) => {
        const files = filesOfEditor(bundle)
        // The engine's own page, which is measured, has none of this.
        if (files.length === 0) return []
        return [
          {
            tag: 'script',
            attrs: {
              src: '/start.js',
              'data-files': files.join(' '),
              'data-image-worker': addressOf(IMAGE_WORKER, bundle),
            },
            injectTo: 'head-prepend',
          },
          {
            tag: 'link',
            attrs: {
              rel: 'preload',
              as: 'font',
              type: 'font/woff2',
              crossorigin: '',
              // Where it comes after the first words are laid out, all of them are laid out again.
              href: addressOf(FONT, bundle),
            },
            injectTo: 'head',
          },
        ]
      },
    },
  }
}

function addressOf(file: RegExp, bundle: Bundle): string | undefined {
  const found = Object.keys(bundle).find((name) => file.test(name))
  if (found === undefined) throw new Error(`The build has no file like ${file}.`)
  return `/${found}`
}

/** With all that they import, the page's own script included: it is asked for but once. */
function filesOfEditor(bundle: Bundle): readonly string[] {
  const entry = Object.values(bundle).find(
    (file) => file.type === 'chunk' && file.facadeModuleId === EDITOR,
  )
  const files = new Set(entry === undefined ? [] : [entry.fileName])
  for (const name of files) {
    const file = bundle[name]
    if (file?.type !== 'chunk') continue
    refuseControls(file.moduleIds)
    for (const needed of [...file.imports, ...(file.viteMetadata?.importedCss ?? [])]) {
      files.add(needed)
    }
  }
  return [...files].map((name) => `/${name}`)
}

/** One import is enough to bring all of them: a quarter more code, which nobody would notice. */
function refuseControls(moduleIds: readonly string[]): void {
  const found = moduleIds.find((id) => NAMES_MORE_THAN_NEEDED.test(id))
  if (found === undefined) return
  throw new Error(`The first image would wait for ${found}: see features/editor/README.md.`)
}
