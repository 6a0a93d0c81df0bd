import { useEffect, useRef } from 'react'

interface PictureProps {
  label: string
  opacity: number
  clip?: string
  paint: () => ImageData
  /** Painted again when one of these is another one. */
  with: readonly [unknown, unknown]
}

/** A picture of masks that lies over an image. */
export function Picture({ label, opacity, clip, paint, with: [first, second] }: PictureProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is painted depends on these
  useEffect(() => {
    const element = canvas.current
    const picture = paint()
    if (element === null) return
    element.width = picture.width
    element.height = picture.height
    element.getContext('2d')?.putImageData(picture, 0, 0)
  }, [first, second])
  return (
    <canvas
      ref={canvas}
      className="version-comparison__picture"
      role="img"
      aria-label={label}
      style={{ opacity, clipPath: clip }}
    />
  )
}
