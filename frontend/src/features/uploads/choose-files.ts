import { chosenFiles } from './dropped-files'

const ACCEPTED = '.jpg,.jpeg,.png,.webp,.tif,.tiff,.bmp,.zip,image/*'

/** What the open dialog answers to; kept here, or the browser may forget it meanwhile. */
let asking: HTMLInputElement | null = null

/**
 * Opens the browser's file dialog. It belongs to no part of the page: while it is open the button
 * that was pressed may go, as when somebody else's images come into an empty project, and what is
 * chosen must arrive all the same.
 */
export function chooseFiles(
  what: 'images' | 'folder' | 'any',
  onChosen: (files: File[]) => void,
): void {
  const input = document.createElement('input')
  input.type = 'file'
  input.multiple = true
  if (what === 'folder') input.webkitdirectory = true
  else if (what === 'images') input.accept = ACCEPTED
  input.addEventListener('change', () => onChosen(chosenFiles(input.files)), { once: true })
  asking = input
  asking.click()
}
