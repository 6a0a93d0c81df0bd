// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import { ownerOfKey, shortcutWords } from './keyboard'

function within(html: string, selector: string): Element {
  document.body.innerHTML = html
  const element = document.querySelector(selector)
  if (element === null) throw new Error(`no ${selector}`)
  return element
}

describe('the owner of a key', () => {
  it('is a text field for everything typed into it', () => {
    const target = within('<input type="text">', 'input')
    expect(ownerOfKey({ key: 'b', target })).toBe('text')
    expect(ownerOfKey({ key: ' ', target })).toBe('text')
  })

  it('is a text field for Ctrl with what deletes words, and where it sends with what sends', () => {
    const text = within('<textarea></textarea>', 'textarea')
    expect(ownerOfKey({ key: 'Backspace', ctrlKey: true, target: text })).toBe('overlay')
    expect(ownerOfKey({ key: 'Enter', ctrlKey: true, target: text })).toBe('text')
    const comment = within('<textarea data-sends></textarea>', 'textarea')
    expect(ownerOfKey({ key: 'Enter', ctrlKey: true, target: comment })).toBe('overlay')
  })

  it('is a focused button for what presses it, and the editor for the rest', () => {
    const target = within('<button><svg></svg></button>', 'svg')
    expect(ownerOfKey({ key: ' ', target })).toBe('control')
    expect(ownerOfKey({ key: 'b', target })).toBe('editor')
  })

  it('is a slider for the arrows only', () => {
    const target = within('<input type="range">', 'input')
    expect(ownerOfKey({ key: 'ArrowLeft', target })).toBe('control')
    expect(ownerOfKey({ key: '[', target })).toBe('editor')
  })

  it('is the page for Tab wherever the focus is, but on the canvas', () => {
    const time = within('<p><span tabindex="0">1 min</span></p>', 'span')
    expect(ownerOfKey({ key: 'Tab', target: time })).toBe('control')
    expect(ownerOfKey({ key: 'b', target: time })).toBe('editor')
    const canvas = within('<div class="stage__canvas" tabindex="0"></div>', 'div')
    expect(ownerOfKey({ key: 'Tab', target: canvas })).toBe('editor')
  })

  it('is an open dialog or menu for every key', () => {
    const target = within('<div role="dialog"><button>Close</button></div>', 'button')
    expect(ownerOfKey({ key: 'b', target })).toBe('overlay')
  })
})

describe('a shortcut in words', () => {
  it('names the keys of this keyboard', () => {
    expect(shortcutWords('Mod+Shift+Z', false)).toBe('Ctrl+Shift+Z')
    expect(shortcutWords('Mod+Shift+Z', true)).toBe('⌘+Shift+Z')
  })

  it('shows the plus key as a key, not as a joint', () => {
    expect(shortcutWords('+', false).split('+')).toEqual(['Plus'])
  })
})
