import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { Ties } from './AskedAgain'

describe('a tie between opinions', () => {
  it('is explained with its pixels', () => {
    expect(renderToStaticMarkup(<Ties pixels={12} />)).toContain('A tie on 12 px')
  })

  it('is not spoken of where there is none', () => {
    expect(renderToStaticMarkup(<Ties pixels={0} />)).toBe('')
  })
})
