import { expect, test } from 'vitest'
import { parseAddresses } from './addresses'

test('each line is an address, whatever it holds', () => {
  const { addresses, refused, repeated } = parseAddresses(
    'https://a.example/1.jpg?x=1,2;3\n\n  http://a.example/2.jpg \r\nfile:///etc\nhttp://a.example/2.jpg',
  )
  expect(addresses.map(({ url }) => url)).toEqual([
    'https://a.example/1.jpg?x=1,2;3',
    'http://a.example/2.jpg',
  ])
  expect(refused).toEqual([{ line: 4, text: 'file:///etc' }])
  expect(repeated).toBe(1)
})

test('a table names what it brings, and the rest of its columns is metadata', () => {
  const { addresses, columns } = parseAddresses(
    'name,URL,site,external_id\n"Big, red",https://a.example/1.jpg,north,A7\n,https://a.example/2.jpg,,',
  )
  expect(columns).toEqual(['site'])
  expect(addresses).toEqual([
    {
      url: 'https://a.example/1.jpg',
      name: 'Big, red',
      external_id: 'A7',
      metadata: { site: 'north' },
    },
    { url: 'https://a.example/2.jpg' },
  ])
})

test('semicolons, tabs, quotes and line breaks in cells are read as spreadsheets write them', () => {
  const table = 'url;note\nhttps://a.example/1.jpg;"says ""go""\nand stays"\nnothing;here'
  const { addresses, refused } = parseAddresses(table)
  expect(addresses[0]?.metadata).toEqual({ note: 'says "go"\nand stays' })
  expect(refused).toEqual([{ line: 4, text: 'nothing' }])
  expect(parseAddresses('url\tsite\nhttps://a.example/1.jpg\tsouth').columns).toEqual(['site'])
})

test('a single column may have its header too', () => {
  expect(parseAddresses('url\nhttps://a.example/1.jpg').addresses).toHaveLength(1)
  expect(parseAddresses('').addresses).toEqual([])
})
