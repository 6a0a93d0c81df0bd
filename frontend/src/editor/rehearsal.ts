import { SLICE_MS, whenAtRest } from './idle'
import type { DrawnFrame } from './render/renderer'
import type { Editor, EditorOptions, PointerInput, Subscribable } from './types'

/** Tiles in all four ways: whole, cut at the right, below, and in the corner. */
const SIZE = { width: 800, height: 600 }
/** A fitted image has a margin of 16 pixels on each side. */
const MARGIN_PX = 16
/** Small first, so that to compile the code and to let it run come one after the other. */
const SCALES = [0.1, 0.4, 1, 2]
/** So many lie about, because what lists and paints objects has to become quick, too. */
const OBJECTS = 24
const OBJECT_PX = 12
const MOVES = 40
/** Of the smallest and of the largest loop. */
const BORDER_RADIUS_PX = 64
/** Whoever works without a pause never waits for it, and has rehearsed by himself. */
const NEVER_MS = 2 ** 30

type Path = (part: number) => readonly [x: number, y: number]

/** Code is made quick for the page, whatever editor is open in it. */
let hasRehearsed = false

/**
 * Plays what hands do on an image that nobody sees, once, while the page is idle. Code that runs for
 * the first time is compiled only then, and runs some thousand times before it is made quick: the
 * first outline that was closed on twelve megapixels took three times as long as the second.
 */
export function rehearseOnce(
  drawn: Subscribable<DrawnFrame>,
  createEditor: (options: EditorOptions) => Editor,
): void {
  const stopWaiting = drawn.subscribe(({ scene }) => {
    if (!scene?.imageSource) return
    stopWaiting()
    if (hasRehearsed) return
    hasRehearsed = true
    playOn(rehearsal(createEditor))
  })
}

/**
 * A few steps whenever the hand rests: whoever presses a key meanwhile waits for no more than that. On an
 * old laptop ten moves of a border took longer than a frame.
 */
function playOn(steps: Iterator<void>): void {
  whenAtRest(() => {
    const untilMs = performance.now() + SLICE_MS
    do {
      if (steps.next().done) return
    } while (performance.now() < untilMs)
    playOn(steps)
  }, NEVER_MS)
}

/** An editor without a host draws nothing, starts no worker and tells nobody. */
function* rehearsal(createEditor: (options: EditorOptions) => Editor): Iterator<void> {
  const editor = createEditor({ classes: [{ id: 'any', name: '', kind: 'thing' }] })
  yield
  editor.resize(SIZE.width + 2 * MARGIN_PX, SIZE.height + 2 * MARGIN_PX)
  yield
  editor.loadTask({ ...SIZE, imageSource: null, objects: [] })
  yield
  // As a page does that shows what it is told.
  editor.store.subscribe(() => void editor.store.getSnapshot())
  for (const scale of SCALES) {
    yield* drawBystanders(editor)
    yield* play(editor, scale)
    while (editor.undo()) yield
  }
  editor.dispose()
}

/** Dabs down the left edge. To load as many at once took an old laptop three frames. */
function* drawBystanders(editor: Editor): Generator<void> {
  editor.setTool('brush')
  for (let index = 0; index < OBJECTS; index++) {
    editor.select([])
    const at = inputAt([OBJECT_PX, (index + 0.5) * (SIZE.height / OBJECTS)])
    editor.pointerDown(at)
    editor.pointerUp(at)
    yield
  }
}

function* play(editor: Editor, scale: number): Generator<void> {
  const radiusX = 150 * scale
  const radiusY = 100 * scale
  const loop: Path = (part) => {
    const angle = part * 1.95 * Math.PI
    return placed(radiusX * Math.cos(angle), radiusY * Math.sin(angle))
  }
  const across: Path = (part) => placed(2.4 * radiusX * (part - 0.5), 0.08 * radiusY * part)
  const level: Path = (part) => placed(2.4 * radiusX * (part - 0.5), 0)
  const inwards: Path = (part) => placed(radiusX * (1 - 0.4 * part), 0.08 * radiusY * part)
  editor.select([])
  editor.setTool('brush')
  yield* drag(editor, across)
  yield* undoAndRedo(editor)
  editor.select([])
  editor.setTool('pen')
  yield* drag(editor, loop)
  editor.keyDown({ key: 'Enter' })
  editor.keyUp({ key: 'Enter' })
  yield* undoAndRedo(editor)
  editor.setTool('split')
  yield* drag(editor, level)
  yield* undoAndRedo(editor)
  editor.undo()
  editor.select([])
  yield
  editor.areas.fillUnlabelled()
  yield* undoAndRedo(editor)
  editor.drawing.setBorderRadius(BORDER_RADIUS_PX * scale)
  editor.setTool('border')
  yield* drag(editor, inwards)
  yield* undoAndRedo(editor)
  editor.operations.selectAll()
  yield
  editor.operations.merge()
  yield* undoAndRedo(editor)
}

function* drag(editor: Editor, path: Path): Generator<void> {
  editor.pointerDown(inputAt(path(0)))
  for (let move = 1; move <= MOVES; move++) {
    yield
    editor.pointerMove(inputAt(path(move / MOVES)))
  }
  yield
  editor.pointerUp(inputAt(path(1)))
  yield
}

function* undoAndRedo(editor: Editor): Generator<void> {
  for (const key of ['z', 'y']) {
    yield
    editor.keyDown({ key, ctrlKey: true })
    editor.keyUp({ key, ctrlKey: true })
  }
  yield
}

/** From the middle of the image. */
function placed(x: number, y: number): readonly [number, number] {
  return [SIZE.width / 2 + x, SIZE.height / 2 + y]
}

function inputAt([x, y]: readonly [number, number]): PointerInput {
  return { x: x + MARGIN_PX, y: y + MARGIN_PX, button: 0 }
}
