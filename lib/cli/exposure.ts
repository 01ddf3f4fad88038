import { exposureJson, exposureOf, renderExposureText } from '@/lib/core'
import { type Context, deliver, formatFor, textOptions } from './context'
import { exitCodes } from './errors'
import { isReadable, nothingReadable, readPaths } from './input'

/** `postern exposure`: who may do what on every listener. */
export async function exposure(paths: readonly string[], context: Context): Promise<number> {
  const format = formatFor(context, 'exposure', ['json', 'text'])
  const { config, sources } = await readPaths('exposure', paths, context)
  const found = exposureOf(config)
  const text =
    format === 'json'
      ? `${JSON.stringify(exposureJson(found), null, 2)}\n`
      : renderExposureText(found, textOptions(context))
  await deliver(context, [text])
  return isReadable(sources) ? exitCodes.done : nothingReadable(context)
}
