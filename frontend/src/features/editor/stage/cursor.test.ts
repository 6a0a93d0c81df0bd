import { describe, expect, it } from 'vitest'
import { HeadlessEditor } from '@/editor/testing/headless'
import { cursorOf } from './cursor'

describe('the pointer over the image', () => {
  it('says what a press would do, and stays the same from press to release', () => {
    const headless = new HeadlessEditor()
    const cursor = () => cursorOf(headless.state)
    expect(cursor()).toBe('crosshair')
    headless.editor.pointerDown({ x: 5, y: 5, button: 0 })
    expect(cursor()).toBe('crosshair')
    headless.editor.pointerUp({ x: 5, y: 5, button: 0 })
    headless.hold(' ')
    expect(cursor()).toBe('grab')
    headless.editor.pointerDown({ x: 5, y: 5, button: 0 })
    expect(cursor()).toBe('grabbing')
    headless.editor.pointerUp({ x: 5, y: 5, button: 0 })
    headless.release(' ')
    expect(cursor()).toBe('crosshair')
    headless.press('d', { ctrlKey: true })
    expect(cursor()).toBe('move')
    headless.press('Escape').press('v')
    expect(cursor()).toBe('default')
  })
})
