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

type Way = Pick<TraceJson, 'disposition' | 'hops'>

/** What became of the message, in one sentence that begins with yes, no, it depends or cannot tell. */
export function useAnswer(): (way: Way, rcpt: string) => string {
  const t = useTranslations('simulator')
  return (way, rcpt) => {
    const { disposition, hops } = way
    const [first] = hops
    const connector = first?.steps.find((s) => s.stage === 'connector-selection' || s.stage === 'attribution')?.chosen
    return t(`answer.${isTakenAnyway(way) ? 'any-recipient' : disposition}`, {
      domain: rcpt,
      said: rcpt === '' ? 'no' : 'yes',
      by: connector === undefined ? 'none' : 'connector',
      connector: connector ?? '',
      node: hops.at(-1)?.node.id ?? '',
    })
  }
}
