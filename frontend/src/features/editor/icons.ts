import {
  BoxSelect,
  Brush,
  Circle,
  CircleDot,
  Combine,
  Crosshair,
  Eraser,
  Hand,
  Layers,
  type LucideIcon,
  Maximize,
  MousePointer2,
  PaintBucket,
  PenTool,
  Redo2,
  SquareMinus,
  SquarePlus,
  SquareSplitHorizontal,
  Undo2,
  ZoomIn,
  ZoomOut,
} from 'lucide-react'

/** The editor's icons, beside those of the shared set. */
export {
  BookOpen,
  CircleCheckBig,
  Eye,
  EyeOff,
  Keyboard,
  Lock,
  LockOpen,
  MonitorSmartphone,
  PanelRightClose,
  PanelRightOpen,
  Search,
  SkipForward,
  Trash2,
} from 'lucide-react'

const ICON_OF_ACTION: Record<string, LucideIcon> = {
  select: MousePointer2,
  pan: Hand,
  brush: Brush,
  eraser: Eraser,
  pen: PenTool,
  fill: PaintBucket,
  'fill-holes': CircleDot,
  'fill-all': PaintBucket,
  merge: Combine,
  separate: SquareSplitHorizontal,
  'take-part': SquarePlus,
  subtract: SquareMinus,
  'select-all': BoxSelect,
  layers: Layers,
  undo: Undo2,
  redo: Redo2,
  fit: Maximize,
  target: Crosshair,
  'zoom-in': ZoomIn,
  'zoom-out': ZoomOut,
}

/** The picture for an icon name of the engine's actions. */
export function iconOfAction(name: string): LucideIcon {
  return ICON_OF_ACTION[name] ?? Circle
}
