import 'server-only'
import { db } from '../db'
import { sections } from '../instance'

/** A text that was sealed, and how to put another one in its place. */
export type Sealed = {
  readonly where: string
  readonly text: string
  readonly replace: (text: string) => Promise<unknown>
}

async function ofPeople(): Promise<Sealed[]> {
  const { user } = await db()
  const rows = await user.findMany({ select: { id: true, totpSecret: true } })
  return rows.flatMap(({ id, totpSecret: text }) =>
    text === null
      ? []
      : [{ where: `User ${id}`, text, replace: (totpSecret) => user.update({ where: { id }, data: { totpSecret } }) }],
  )
}

async function ofShares(): Promise<Sealed[]> {
  const { share } = await db()
  const rows = await share.findMany({ select: { id: true, keyTable: true } })
  return rows.flatMap(({ id, keyTable: text }) =>
    text === null
      ? []
      : [{ where: `Share ${id}`, text, replace: (keyTable) => share.update({ where: { id }, data: { keyTable } }) }],
  )
}

async function ofSettings(): Promise<Sealed[]> {
  const { setting } = await db()
  const row = await setting.findUnique({ where: { key: 'signIn' } })
  const signIn = sections.signIn.parse(row?.value ?? {})
  const { company } = signIn
  if (!company?.clientSecret) return []
  const replace = (clientSecret: string) =>
    setting.update({ where: { key: 'signIn' }, data: { value: { ...signIn, company: { ...company, clientSecret } } } })
  return [{ where: 'Setting signIn', text: company.clientSecret, replace }]
}

/** Everything in the database that is sealed and must open after an exchange. Attempts of a company sign-in last ten minutes and are not. */
export const sealedTexts = async (): Promise<Sealed[]> => [
  ...(await ofPeople()),
  ...(await ofShares()),
  ...(await ofSettings()),
]
