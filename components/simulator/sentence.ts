import { useTranslations } from 'next-intl'
import { type Example, emptyForm, isTakenAnyway, type SimForm, type TraceJson } from '@/lib/core'

/** The question as one sentence: a screenshot of the answer explains itself. */
export function useSentence(): (form: SimForm) => string {
  const t = useTranslations('simulator')
  return (form) =>
    t('sentence', {
      start:
        form.start === 'on-premises'
          ? 'mailbox'
          : form.start === 'exchange-online'
            ? 'cloud'
            : form.from === ''
              ? 'nowhere'
              : 'session',
      from: form.from,
      cert:
        form.cert === ''
          ? 'none'
          : form.cert === 'exchange-online'
            ? 'cloud'
            : form.cert === 'other-tenant'
              ? 'tenant'
              : 'name',
      name: form.cert,
      auth: form.auth === 'exchange-server' ? 'server' : form.auth === 'user' ? 'user' : 'none',
      tls: form.tls === 'none' ? 'none' : 'starttls',
      place:
        form.to === ''
          ? form.start === ''
            ? 'any'
            : 'none'
          : form.to === 'exchange-online'
            ? 'cloud'
            : form.start === ''
              ? 'server'
              : 'origin',
      server: form.to,
      local: form.local === '' || form.start !== '' ? 'none' : 'given',
      localAddress: form.local,
      port: form.port || '25',
      sender: form.sender === '' ? 'none' : form.sender === '<>' ? 'null' : 'domain',
      senderDomain: form.sender,
      rcpt: form.rcpt === '' ? 'none' : 'domain',
      rcptDomain: form.rcpt,
      size: form.size === '' ? 'none' : 'given',
      megabytes: form.size,
    })
}

/** An example: what it is about, and the question behind it. */
export function useExampleText(): (example: Example) => { title: string; sentence: string } {
  const t = useTranslations('simulator')
  const sentence = useSentence()
  return ({ kind, form }) => ({ title: t(`example.${kind}`), sentence: sentence({ ...emptyForm, ...form }) })
}

type Way = Pick<TraceJson, 'disposition' | 'hops'> & Partial<Pick<TraceJson, 'branches'>>

const isChosen = (s: TraceJson['hops'][number]['steps'][number]): boolean =>
  s.chosen !== undefined && (s.stage === 'connector-selection' || s.stage === 'attribution')

/** What became of the message, in one sentence that begins with yes, no, it depends or cannot tell. */
export function useAnswer(): (way: Way, rcpt: string) => string {
  const t = useTranslations('simulator')
  return (way, rcpt) => {
    const { disposition, hops, branches = [] } = way
    const [first] = hops
    const isTaking = first?.steps.some((s) => s.stage === 'connector-selection' || s.stage === 'attribution') ?? false
    // Where several may answer it is the server that takes it, whichever of them does.
    const connector = branches.length > 1 ? undefined : first?.steps.findLast(isChosen)?.chosen
    return t(`answer.${isTakenAnyway(way) ? 'any-recipient' : disposition}`, {
      domain: rcpt,
      said: rcpt === '' ? 'no' : 'yes',
      by: isTaking ? 'taker' : 'none',
      connector: connector ?? first?.node.id ?? '',
      node: hops.at(-1)?.node.id ?? '',
    })
  }
}
