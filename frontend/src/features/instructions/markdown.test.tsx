import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import type { Attachment } from '@/api/types'
import { imageUrlFrom, markdownOf } from './images'
import { Markdown } from './Markdown'

const kerb: Pick<Attachment, 'id' | 'name' | 'url'> = {
  id: '0192f0c0-0000-7000-8000-000000000001',
  name: 'A [low] kerb.png',
  url: '/api/v1/attachments/0192/file?signature=x',
}

function html(source: string): string {
  const imageUrl = imageUrlFrom([kerb as Attachment])
  return renderToStaticMarkup(<Markdown source={source} imageUrl={imageUrl} />)
}

describe('instructions', () => {
  it('show headings, lists, emphasis and tables', () => {
    expect(html('# Cars\n\n1. **Every** wheel\n2. no *shadow*')).toBe(
      '<div class="markdown"><h3>Cars</h3><ol start="1"><li><strong>Every</strong> wheel</li>' +
        '<li>no <em>shadow</em></li></ol></div>',
    )
    expect(html('|class|key|\n|-|-|\n|Car|`1`|')).toContain('<td>Car</td><td><code>1</code></td>')
  })

  it.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    'a <b onclick="alert(1)">bold</b> word',
    '[press](javascript:alert(1))',
    '[press](  JaVaScRiPt:alert(1))',
    '[press](data:text/html,<script>alert(1)</script>)',
    '![x](javascript:alert(1))',
    '<a href="javascript:alert(1)">press</a>',
    '[x]: javascript:alert(1)\n\n[press][x]',
  ])('show %s and run nothing of it', (source) => {
    const shown = html(source)
    expect(shown).not.toMatch(/<(script|img|b|a|iframe)\b/i)
    expect(shown).not.toMatch(/<[^>]*\s(on\w+|href|src)=/i)
  })

  it('load pictures that are kept here, and no others', () => {
    expect(html(markdownOf(kerb))).toContain(`src="${kerb.url}" alt="A low kerb"`)
    expect(html('![A kerb](https://elsewhere.example/kerb.png)')).toContain('A kerb</span>')
    expect(html('![gone](attachment:0192f0c0-0000-7000-8000-00000000dead)')).not.toContain('<img')
  })

  it('lead to pages and mail in a tab of its own', () => {
    expect(html('[rules](https://rules.example/)')).toContain(
      '<a href="https://rules.example/" target="_blank" rel="noreferrer">rules</a>',
    )
  })
})
