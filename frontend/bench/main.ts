/** The editor engine on a page of its own: driven by tests/benchmarks/bench_editor.py. */

import {
  createEditor,
  createMaskWorker,
  type EditorTask,
  type LoadedObject,
  loadBitmapSource,
} from '../src/editor'
import { encodeBitmap } from '../src/editor/masks/bitmap'
import { countsFromEdges } from '../src/editor/masks/rle'
import { timeFillAndMerge, timeSegmenting, timeSlider, untilIdle } from './areas'
import { openDeep, type Slider, slide } from './sliders'

const CLASSES = [
  { id: 'car', name: 'Car', kind: 'thing' as const, hotkey: '1' },
  { id: 'road', name: 'Road', kind: 'stuff' as const, hotkey: '2' },
  { id: 'plant', name: 'Plant', kind: 'thing' as const, hotkey: '3', color: '#009e73' },
]

const host = document.getElementById('host')
if (!host) throw new Error('The page has no host element.')
const encoder = createMaskWorker()
const editor = createEditor({ classes: CLASSES, encoder })
editor.attach(host)
window.addEventListener('keydown', (event) => {
  if (editor.keyDown(event)) event.preventDefault()
})
window.addEventListener('keyup', (event) => {
  if (editor.keyUp(event)) event.preventDefault()
})

/** Ellipses on a grid; neighbours come close but share no pixel. */
function gridOfObjects(width: number, height: number, columns: number, rows: number) {
  const objects: LoadedObject[] = []
  const cellWidth = width / columns
  const cellHeight = height / rows
  for (let index = 0; index < columns * rows; index++) {
    const centreX = ((index % columns) + 0.5) * cellWidth
    const centreY = (Math.floor(index / columns) + 0.5) * cellHeight
    const edges = ellipseEdges(height, centreX, centreY, cellWidth * 0.45, cellHeight * 0.45)
    const counts = countsFromEdges(edges, edges.length, width * height)
    objects.push({
      key: `object-${index}`,
      classId: CLASSES[index % CLASSES.length]?.id ?? 'car',
      mask: { size: [height, width], counts },
    })
  }
  return objects
}

/** Where, column by column, the ellipse begins and ends. */
function ellipseEdges(
  height: number,
  centreX: number,
  centreY: number,
  radiusX: number,
  radiusY: number,
): number[] {
  const edges: number[] = []
  for (let x = Math.ceil(centreX - radiusX); x < centreX + radiusX; x++) {
    const half = radiusY * Math.sqrt(Math.max(0, 1 - ((x - centreX) / radiusX) ** 2))
    const top = Math.ceil(centreY - half)
    const bottom = Math.floor(centreY + half)
    if (bottom > top) edges.push(x * height + top, x * height + bottom)
  }
  return edges
}

function fillEllipse(
  pixels: Uint8Array,
  width: number,
  centreX: number,
  centreY: number,
  radiusX: number,
  radiusY: number,
): void {
  for (let y = Math.ceil(centreY - radiusY); y < centreY + radiusY; y++) {
    const half = radiusX * Math.sqrt(Math.max(0, 1 - ((y - centreY) / radiusY) ** 2))
    const row = y * width
    pixels.fill(1, row + Math.ceil(centreX - half), row + Math.floor(centreX + half))
  }
}

async function syntheticImage(width: number, height: number): Promise<Blob> {
  const canvas = new OffscreenCanvas(width, height)
  const context = canvas.getContext('2d')
  if (!context) throw new Error('No canvas.')
  for (let index = 0; index < 4000; index++) {
    const x = (index * 7919) % width
    const y = (index * 104729) % height
    context.fillStyle = `hsl(${(index * 137) % 360} 35% ${25 + (index % 50)}%)`
    context.fillRect(x - 90, y - 90, 180, 180)
  }
  return canvas.convertToBlob({ type: 'image/jpeg', quality: 0.9 })
}

async function openSynthetic(width: number, height: number, columns: number, rows: number) {
  const imageSource = await loadBitmapSource(await syntheticImage(width, height))
  const objects = gridOfObjects(width, height, columns, rows)
  const task: EditorTask = { width, height, imageSource, objects }
  const started = performance.now()
  editor.loadTask(task)
  return performance.now() - started
}

/** Milliseconds of the page to open a task whose tiles were made ahead, and one whose were not. */
async function timeOpening(width: number, height: number, columns: number, rows: number) {
  const objects = gridOfObjects(width, height, columns, rows)
  const decoded = await encoder.decodeObjects({ width, height }, objects)
  const timed = (task: EditorTask) => {
    const started = performance.now()
    editor.loadTask(task)
    return performance.now() - started
  }
  const task = { width, height, imageSource: null, objects }
  return { direct: timed(task), ahead: timed({ ...task, decoded }) }
}

/** Strokes of a hundred dabs here and there, with the page idle between them as between a hand's. */
async function drawDabs(dabs: number) {
  const { clientWidth: width, clientHeight: height } = host as HTMLElement
  for (let dab = 0; dab < dabs; dab++) {
    const stroke = Math.floor(dab / 100)
    const angle = dab * 0.3
    const x = width * (0.1 + ((stroke * 0.618034) % 0.8)) + 40 * Math.cos(angle) + (dab % 100)
    const y = height * (0.1 + ((stroke * 0.381966) % 0.8)) + 40 * Math.sin(angle)
    if (dab % 100 === 0) editor.pointerDown({ x, y, button: 0 })
    else editor.pointerMove({ x, y })
    if (dab % 100 !== 99) continue
    editor.pointerUp({ x, y })
    if (stroke % 5 === 0) editor.select([])
    await new Promise((done) => requestIdleCallback(done))
  }
}

async function openImage(url: string, objects: LoadedObject[]) {
  const response = await fetch(url)
  const imageSource = await loadBitmapSource(await response.blob())
  const { width, height } = imageSource
  editor.loadTask({ width, height, imageSource, objects })
}

/** The control: a sheet over the editor on which a square follows the pointer, once per frame. */
function startControl(): void {
  const sheet = document.createElement('div')
  sheet.id = 'control'
  const square = document.createElement('div')
  sheet.append(square)
  document.body.append(sheet)
  let x = 0
  let y = 0
  sheet.addEventListener('pointermove', (event) => {
    x = event.clientX
    y = event.clientY
  })
  const follow = () => {
    if (!sheet.isConnected) return
    square.style.transform = `translate(${x}px, ${y}px)`
    requestAnimationFrame(follow)
  }
  requestAnimationFrame(follow)
}

function stopControl(): void {
  document.getElementById('control')?.remove()
}

/** Milliseconds to encode and decode in the worker, and to copy as many bytes, in turn. */
async function timeRunLengths(width: number, height: number, rounds: number) {
  const shape = new Uint8Array(width * height)
  for (let index = 0; index < 60; index++) {
    const x = width * (0.05 + ((index * 0.381966) % 0.9))
    const y = height * (0.05 + ((index * 0.618034) % 0.9))
    fillEllipse(shape, width, x, y, width * 0.04, height * 0.04)
  }
  const times = { encode: [] as number[], decode: [] as number[], copy: [] as number[] }
  for (let round = 0; round <= rounds; round++) {
    const timed = async (into: number[], perform: () => unknown) => {
      const started = performance.now()
      await perform()
      if (round > 0) into.push(performance.now() - started)
    }
    const pixels = shape.slice()
    const rle = encodeBitmap({ width, height, pixels: shape })
    await timed(times.copy, () => shape.slice())
    await timed(times.encode, () => encoder.encodeBitmap(width, height, pixels))
    await timed(times.decode, () => encoder.decodeBitmap(rle))
  }
  return times
}

/** Milliseconds to save everything: 100 objects in one pass. */
async function timeSaving(rounds: number) {
  const keys = editor.store.getSnapshot().objects.map(({ key }) => key)
  const times = { direct: [] as number[], worker: [] as number[] }
  for (let round = 0; round < rounds; round++) {
    let started = performance.now()
    editor.snapshotAll()
    times.direct.push(performance.now() - started)
    started = performance.now()
    await editor.snapshotObjects(keys)
    times.worker.push(performance.now() - started)
  }
  return times
}

const bench = {
  editor,
  untilIdle,
  timeFillAndMerge: (rounds: number) => timeFillAndMerge(editor, rounds),
  timeSegmenting: () => timeSegmenting(editor),
  timeSlider: (steps: number) => timeSlider(editor, steps),
  slide: (slider: Slider, steps: number) => slide(editor, slider, steps),
  openDeep: () => openDeep(editor),
  resetDisplay: () => editor.display.resetAdjustments(),
  openSynthetic,
  timeOpening,
  drawDabs,
  openImage,
  startControl,
  stopControl,
  timeRunLengths,
  timeSaving,
}
export type Bench = typeof bench
Object.assign(window, { bench })
