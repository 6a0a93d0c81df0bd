const SMALLEST_LEVEL_PX = 1024

/**
 * The decoded image, and copies of half the size, a quarter, …, full size first: a large image that
 * is fitted to the screen is then drawn from few pixels. Rejects where the bytes are no image.
 */
export async function decodeLevels(blob: Blob): Promise<ImageBitmap[]> {
  const full = await createImageBitmap(blob)
  const levels = [full]
  for (let { width, height } = full; Math.max(width, height) > SMALLEST_LEVEL_PX; ) {
    width = Math.ceil(width / 2)
    height = Math.ceil(height / 2)
    const finer = levels.at(-1) ?? full
    levels.push(
      await createImageBitmap(finer, {
        resizeWidth: width,
        resizeHeight: height,
        resizeQuality: 'medium',
      }),
    )
  }
  return levels
}
