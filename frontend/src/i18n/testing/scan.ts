import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import ts from 'typescript'
import {
  ATTRIBUTES_FOR_MACHINES,
  ATTRIBUTES_FOR_READERS,
  CALLS_FOR_MACHINES,
  PATTERNS,
  VERBATIM,
} from './verbatim'

/** Where a call keeps its text: the place of the argument. */
const TEXT_OF_CALL: Readonly<Record<string, number>> = {
  t: 0,
  parts: 0,
  rich: 0,
  message: 0,
  plural: 2,
}

export interface Place {
  /** `features/home/HomePage.tsx:12` */
  at: string
  text: string
}

export interface Scan {
  /** Every text that the source asks the catalogue for. */
  used: Map<string, Place[]>
  /** Both English forms of each text that is written for a count. */
  counted: Map<string, { one: string; place: Place }[]>
  /** Words in the source that no catalogue knows of. */
  bare: Place[]
  /** Calls whose text is not written where it is asked for. */
  dynamic: Place[]
}

export function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !/\.test\.|schema\.d\.ts$/.test(name))
    .filter((name) => !/(^|\/)(i18n|testing)\//.test(name))
    .map((name) => join(folder, name))
    .sort()
}

/** Read every source file of a folder for the texts in it. */
export function scan(root: string): Scan {
  const found: Scan = { used: new Map(), counted: new Map(), bare: [], dynamic: [] }
  for (const path of sourceFiles(root)) {
    const kind = path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS
    const text = readFileSync(path, 'utf8')
    const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, kind)
    new FileScan(file, relative(root, path), found).visit(file)
  }
  return found
}

const WORDS = [
  /\p{L}{2,}[,.:;!?)…]* \(?\p{L}{2,}/u, // two words
  /^\s*\p{Lu}\S*\p{Ll}/u, // a word with a capital
  /^\d+ \p{L}{2}/u, // a quantity
  /^… \p{L}{2,}$|^\p{L}{2,} …/u, // a word beside a value
  /(^|…) \p{L}{2,} (…|$)/u, // a word between two values
  /^\(\p{L}{2,}\)$/u, // a word in brackets
]

/** Words rather than a name for the machine. */
export function looksLikeWords(text: string): boolean {
  return WORDS.some((words) => words.test(text))
}

class FileScan {
  readonly #file: ts.SourceFile
  readonly #name: string
  readonly #found: Scan

  constructor(file: ts.SourceFile, name: string, found: Scan) {
    this.#file = file
    this.#name = name
    this.#found = found
  }

  visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) this.#call(node)
    else if (ts.isJsxText(node)) this.#jsxText(node)
    else if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node))
      this.#literal(node, node.text)
    else if (ts.isTemplateExpression(node)) this.#literal(node, quasis(node))
    ts.forEachChild(node, this.visit)
  }

  #call(node: ts.CallExpression): void {
    const name = calleeOf(node)
    const place = TEXT_OF_CALL[name]
    if (place === undefined) return
    const argument = node.arguments[place]
    if (argument === undefined) return
    for (const text of branches(argument)) {
      if (!ts.isStringLiteral(text) && !ts.isNoSubstitutionTemplateLiteral(text)) {
        this.#found.dynamic.push(this.#place(text, text.getText(this.#file)))
        continue
      }
      const where = this.#place(text, text.text)
      this.#found.used.set(text.text, [...(this.#found.used.get(text.text) ?? []), where])
      if (name !== 'plural') continue
      const one = node.arguments[1]
      const forms = this.#found.counted.get(text.text) ?? []
      if (one !== undefined && ts.isStringLiteralLike(one)) {
        forms.push({ one: one.text, place: where })
      }
      this.#found.counted.set(text.text, forms)
    }
  }

  #jsxText(node: ts.JsxText): void {
    const text = node.text.trim().replace(/\s+/g, ' ')
    if (/\p{L}{2}/u.test(text) && !VERBATIM.has(text)) {
      this.#found.bare.push(this.#place(node, text))
    }
  }

  #literal(node: ts.Expression, text: string): void {
    if (!looksLikeWords(text) && !isSpoken(node, text)) return
    if (VERBATIM.has(text) || isForMachines(node)) return
    if (PATTERNS.some((pattern) => pattern.test(text))) return
    this.#found.bare.push(this.#place(node, text))
  }

  #place(node: ts.Node, text: string): Place {
    const { line } = this.#file.getLineAndCharacterOfPosition(node.getStart(this.#file))
    return { at: `${this.#name}:${line + 1}`, text }
  }
}

/** Whether even one small word stands where it is read: a label, a title. */
function isSpoken(node: ts.Expression, text: string): boolean {
  const { parent } = node
  return (
    ts.isJsxAttribute(parent) &&
    ATTRIBUTES_FOR_READERS.has(parent.name.getText()) &&
    /\p{L}{2}/u.test(text)
  )
}

function quasis(node: ts.TemplateExpression): string {
  return node.head.text + node.templateSpans.map(({ literal }) => `…${literal.text}`).join('')
}

function calleeOf(node: ts.CallExpression | ts.NewExpression): string {
  const callee = node.expression
  if (ts.isPropertyAccessExpression(callee)) return callee.name.text
  return ts.isIdentifier(callee) ? callee.text : ''
}

/** The expressions that a value is chosen from. */
function branches(node: ts.Expression): ts.Expression[] {
  if (ts.isParenthesizedExpression(node)) return branches(node.expression)
  if (ts.isConditionalExpression(node)) {
    return [...branches(node.whenTrue), ...branches(node.whenFalse)]
  }
  return [node]
}

function isFallback(node: ts.Node): boolean {
  return ts.isBinaryExpression(node) && /^(\?\?|\|\||&&)$/.test(node.operatorToken.getText())
}

/** Whether a literal names something for the program, or is given to the catalogue. */
function isForMachines(node: ts.Expression): boolean {
  let inner: ts.Node = node
  let outer: ts.Node = node.parent
  while (
    ts.isParenthesizedExpression(outer) ||
    ts.isConditionalExpression(outer) ||
    isFallback(outer)
  ) {
    if (ts.isConditionalExpression(outer) && outer.condition === inner) return false
    inner = outer
    outer = outer.parent
  }
  if (ts.isCallExpression(outer) || ts.isNewExpression(outer)) {
    const name = outer.expression.kind === ts.SyntaxKind.SuperKeyword ? 'Error' : calleeOf(outer)
    return TEXT_OF_CALL[name] !== undefined || CALLS_FOR_MACHINES.test(name)
  }
  if (ts.isJsxAttribute(outer)) return ATTRIBUTES_FOR_MACHINES.has(outer.name.getText())
  if (ts.isJsxExpression(outer) && ts.isJsxAttribute(outer.parent)) {
    return ATTRIBUTES_FOR_MACHINES.has(outer.parent.name.getText())
  }
  if (ts.isBinaryExpression(outer)) {
    const operator = outer.operatorToken.getText()
    return operator === '=' ? /\.name$/.test(outer.left.getText()) : /^[!=]==$/.test(operator)
  }
  if (ts.isPropertyAssignment(outer)) return outer.name === inner || outer.name.getText() === 'id'
  if (ts.isPropertyDeclaration(outer)) return outer.name.getText() === 'name'
  if (ts.isBindingElement(outer)) return ATTRIBUTES_FOR_MACHINES.has(outer.name.getText())
  return (
    ts.isImportDeclaration(outer) ||
    ts.isExportDeclaration(outer) ||
    ts.isLiteralTypeNode(outer) ||
    ts.isPropertySignature(outer) ||
    ts.isTemplateLiteralTypeNode(outer) ||
    ts.isTaggedTemplateExpression(outer) ||
    ts.isCaseClause(outer) ||
    ts.isElementAccessExpression(outer)
  )
}
