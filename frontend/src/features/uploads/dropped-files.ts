/** Files that operating systems leave in folders and nobody means to upload. */
const LITTER = /^(\.|Thumbs\.db$|desktop\.ini$|__MACOSX$)/i

function isWanted(name: string): boolean {
  return !LITTER.test(name)
}

function readEntries(reader: FileSystemDirectoryReader): Promise<FileSystemEntry[]> {
  return new Promise((resolve, reject) => reader.readEntries(resolve, reject))
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject))
}

async function filesBelow(entry: FileSystemEntry): Promise<File[]> {
  if (!isWanted(entry.name)) return []
  if (entry.isFile) return [await fileOf(entry as FileSystemFileEntry)]
  const reader = (entry as FileSystemDirectoryEntry).createReader()
  const files: File[] = []
  // A reader hands out a folder in portions; an empty one ends it.
  for (;;) {
    const entries = await readEntries(reader)
    if (entries.length === 0) return files
    for (const child of entries) files.push(...(await filesBelow(child)))
  }
}

/** All files of a drop, those inside dropped folders too. */
export async function filesOfDrop(transfer: DataTransfer): Promise<File[]> {
  // The entries must be taken before the first await: the browser empties the transfer then.
  const entries = [...transfer.items]
    .filter((item) => item.kind === 'file')
    .map((item) => item.webkitGetAsEntry())
    .filter((entry) => entry !== null)
  if (entries.length === 0) return chosenFiles(transfer.files)
  const files: File[] = []
  for (const entry of entries) files.push(...(await filesBelow(entry)))
  return files
}

/** The files of a file dialog, without a folder's litter. */
export function chosenFiles(list: FileList | null): File[] {
  return [...(list ?? [])].filter((file) => isWanted(file.name))
}
