import {
  type AskedTrace,
  parseQuestion,
  type QuestionProblem,
  renderTraceText,
  type TraceQuestion,
  trace,
  traceJson,
} from '@/lib/core'
import { type Context, deliver, formatFor, option, textOptions } from './context'
import { exitCodes, UsageError } from './errors'
import { isReadable, nothingReadable, readPaths } from './input'

/** The options of a question, and the parts of it that they are. */
const optionOf = {
  from: 'from',
  origin: 'origin',
  to: 'to',
  port: 'port',
  localIp: 'local-ip',
  tls: 'tls',
  peerCert: 'peer-cert',
  originator: 'originator',
  auth: 'auth',
  mailFrom: 'mail-from',
  rcptTo: 'rcpt-to',
  size: 'size',
} as const satisfies Record<keyof AskedTrace, string>

const sentence = ({ field, problem, message }: QuestionProblem): string =>
  problem === 'missing'
    ? 'trace needs --from IP, or --origin where the way begins.'
    : `--${optionOf[field]}: ${message}.`

function readQuestion({ args }: Context): TraceQuestion {
  const asked = Object.fromEntries(Object.entries(optionOf).map(([field, name]) => [field, option(args, name)]))
  const read = parseQuestion(asked)
  if ('question' in read) return read.question
  const [first] = read.problems
  throw new UsageError(first === undefined ? 'The question cannot be read.' : sentence(first))
}

/** `postern trace`: the way of one message. */
export async function traceCommand(paths: readonly string[], context: Context): Promise<number> {
  const format = formatFor(context, 'trace', ['json', 'text'])
  const question = readQuestion(context)
  const { config, asOf, answers, sources } = await readPaths('trace', paths, context)
  const way = trace({ config, asOf, answers }, question)
  const text =
    format === 'json'
      ? `${JSON.stringify(traceJson(way), null, 2)}\n`
      : renderTraceText(way, sources, textOptions(context))
  await deliver(context, [text])
  return isReadable(sources) ? exitCodes.done : nothingReadable(context)
}
