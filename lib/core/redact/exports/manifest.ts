import { z } from 'zod'
import { redactedCode } from '../code'
import type { Pseudonyms } from '../types'

const entry = z.looseObject({
  path: z.string(),
  command: z.string().nullish(),
  server: z.string().nullish(),
  error: z.string().nullish(),
})
/** What the script writes of itself; anything else in its place is somebody's. */
const document = z.object({
  postern: z.number().catch(1),
  scriptVersion: z.string().optional().catch(undefined),
  collectedAt: z.string().optional().catch(undefined),
  mode: z.string().optional().catch(undefined),
  parameters: z
    .object({ allServers: z.boolean().optional(), logHours: z.number().optional() })
    .optional()
    .catch(undefined),
  files: z.array(entry),
})

/** The manifest of the collection script, with the names that its files get. `nameOf` takes a path beside the manifest. */
export function redactManifest(text: string, nameOf: (path: string) => string, p: Pseudonyms): string | undefined {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  const parsed = document.safeParse(value)
  if (!parsed.success) return undefined
  const maybe = (t: string | null | undefined, make: (t: string) => string) => (t ? make(t) : null)
  const told = (t: string | undefined) => (t === undefined ? undefined : p.value(t))
  const { postern, mode, collectedAt, scriptVersion, parameters } = parsed.data
  const made = {
    ...{ postern, scriptVersion: told(scriptVersion), collectedAt: told(collectedAt), computer: null, user: null },
    ...{ mode: told(mode), pseudonyms: true, parameters },
    files: parsed.data.files.map((f) => ({
      path: nameOf(f.path.replaceAll('\\', '/')),
      command: maybe(f.command, (command) => redactedCode(command, p, p.value)),
      server: maybe(f.server, p.name),
      ...(typeof f.takenAt === 'string' ? { takenAt: p.value(f.takenAt) } : {}),
      ...(typeof f.objects === 'number' ? { objects: f.objects } : {}),
      error: maybe(f.error, p.value),
    })),
  }
  return `${JSON.stringify(made, null, 2)}\n`
}
