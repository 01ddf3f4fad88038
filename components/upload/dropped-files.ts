import type { QueuedFile } from './upload-queue'

/** Files that systems put into folders by themselves. */
const clutter = new Set(['.DS_Store', 'Thumbs.db', 'desktop.ini'])
const isWanted = (name: string) => !clutter.has(name.slice(name.lastIndexOf('/') + 1)) && !name.startsWith('__MACOSX/')

/** Files of a file or folder field; a folder's keep their path. */
export const chosenFiles = (list: FileList | null): QueuedFile[] =>
  [...(list ?? [])]
    .map((file) => ({ name: file.webkitRelativePath || file.name, file }))
    .filter((f) => isWanted(f.name))

const readBatch = (reader: FileSystemDirectoryReader) =>
  new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))

async function children(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader()
  const all: FileSystemEntry[] = []
  // Chromium hands out at most 100 entries at a time; an empty batch is the end.
  for (let batch = await readBatch(reader); batch.length > 0; batch = await readBatch(reader)) all.push(...batch)
  return all
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile
const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory

async function walk(entry: FileSystemEntry): Promise<QueuedFile[]> {
  if (isFile(entry)) {
    const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject))
    return [{ name: entry.fullPath.replace(/^\//, ''), file }]
  }
  if (!isFolder(entry)) return []
  return (await Promise.all((await children(entry)).map(walk))).flat()
}

/** What was dropped or pasted: files, and folders with everything in them. */
export async function transferredFiles(data: DataTransfer): Promise<QueuedFile[]> {
  // The list of a DataTransfer is empty as soon as its event is over, so everything is taken out before the first await.
  const entries = [...data.items].filter((i) => i.kind === 'file').map((i) => i.webkitGetAsEntry?.() ?? null)
  const plain = [...data.files].map((file) => ({ name: file.name, file }))
  const found = entries.some((e) => e) ? (await Promise.all(entries.map((e) => (e ? walk(e) : [])))).flat() : plain
  // A pasted file has no entry in every browser.
  return (found.length > 0 ? found : plain).filter((f) => isWanted(f.name))
}

/** Text from the clipboard as a file of its own; `taken` are the names that exist. */
export function pastedText(text: string, taken: ReadonlySet<string>): QueuedFile[] {
  if (text.trim() === '') return []
  let n = 1
  while (taken.has(`paste-${n}.txt`)) n++
  return [{ name: `paste-${n}.txt`, file: new Blob([text], { type: 'text/plain' }) }]
}
