import { lexer, type MarkedToken, type Token, type Tokens } from 'marked'
import type { ReactNode } from 'react'

interface MarkdownProps {
  source: string
  /** The address of a picture that the text names; null where there is none of that name. */
  imageUrl: (name: string) => string | null
}

/**
 * Markdown as elements of the page. Its parser only takes the text apart: no HTML is made of it, so
 * that whatever somebody writes in there is shown, and none of it does anything.
 */
export function Markdown({ source, imageUrl }: MarkdownProps) {
  return <div className="markdown">{blocks(lexer(source), imageUrl)}</div>
}

type ImageUrl = MarkdownProps['imageUrl']

function blocks(tokens: readonly Token[], imageUrl: ImageUrl): ReactNode[] {
  // A text does not change under its reader: places tell its parts apart.
  return tokens.map((token, index) => element(token as MarkedToken, index, imageUrl))
}

function element(token: MarkedToken, key: number, imageUrl: ImageUrl): ReactNode {
  const inner = (tokens: readonly Token[] | undefined) => blocks(tokens ?? [], imageUrl)
  switch (token.type) {
    case 'heading':
      return heading(token, key, inner(token.tokens))
    case 'paragraph':
      return <p key={key}>{inner(token.tokens)}</p>
    case 'text':
      return token.tokens === undefined ? token.text : inner(token.tokens)
    case 'strong':
      return <strong key={key}>{inner(token.tokens)}</strong>
    case 'em':
      return <em key={key}>{inner(token.tokens)}</em>
    case 'del':
      return <del key={key}>{inner(token.tokens)}</del>
    case 'blockquote':
      return <blockquote key={key}>{inner(token.tokens)}</blockquote>
    case 'codespan':
      return <code key={key}>{token.text}</code>
    case 'code':
      return <pre key={key}>{token.text}</pre>
    case 'list':
      return list(token, key, inner)
    case 'table':
      return table(token, key, inner)
    case 'link':
      return link(token, key, inner(token.tokens))
    case 'image':
      return <Picture key={key} image={token} imageUrl={imageUrl} />
    case 'br':
      return <br key={key} />
    case 'hr':
      return <hr key={key} />
    case 'checkbox':
      return <input key={key} type="checkbox" checked={token.checked} disabled />
    case 'escape':
      return token.text
    case 'html':
      return token.text
    case 'list_item':
      return <li key={key}>{inner(token.tokens)}</li>
    case 'space':
    case 'def':
      return null
  }
}

/** The dialog or the page has the title; what is in the text comes below it. */
function heading({ depth }: Tokens.Heading, key: number, inner: ReactNode): ReactNode {
  if (depth === 1) return <h3 key={key}>{inner}</h3>
  if (depth === 2) return <h4 key={key}>{inner}</h4>
  return <h5 key={key}>{inner}</h5>
}

type Inner = (tokens: readonly Token[] | undefined) => ReactNode[]

function list({ ordered, start, items }: Tokens.List, key: number, inner: Inner): ReactNode {
  const rows = items.map((item) => <li key={item.raw}>{inner(item.tokens)}</li>)
  if (!ordered) return <ul key={key}>{rows}</ul>
  return (
    <ol key={key} start={start === '' ? undefined : start}>
      {rows}
    </ol>
  )
}

function table({ header, rows }: Tokens.Table, key: number, inner: Inner): ReactNode {
  return (
    <table key={key}>
      <thead>
        <tr>
          {header.map((cell, column) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place
            <th key={column}>{inner(cell.tokens)}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((cells, row) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place
          <tr key={row}>
            {cells.map((cell, column) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place
              <td key={column}>{inner(cell.tokens)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const FOLLOWED = /^(https?:|mailto:)/i

function link({ href }: Tokens.Link, key: number, inner: ReactNode): ReactNode {
  if (!FOLLOWED.test(href)) return <span key={key}>{inner}</span>
  return (
    <a key={key} href={href} target="_blank" rel="noreferrer">
      {inner}
    </a>
  )
}

/** Only pictures that are kept here are loaded: what lies elsewhere would see who reads this. */
function Picture({ image: { href, text }, imageUrl }: { image: Tokens.Image; imageUrl: ImageUrl }) {
  const url = imageUrl(href)
  if (url === null) {
    return <span className="markdown__missing">{text === '' ? href : text}</span>
  }
  return <img className="markdown__picture" src={url} alt={text} loading="lazy" />
}
