import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getLocale } from 'next-intl/server'
import { RulePage } from '@/components/rules'
import { ruleCatalogue, ruleText } from '@/lib/core'
import { enter } from '@/lib/server/gate'

type Props = { params: Promise<{ id: string }> }

const ruleOf = async ({ params }: Props) => {
  const { id } = await params
  return ruleCatalogue.find((rule) => rule.id === id)
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const rule = await ruleOf(props)
  return rule ? { title: ruleText(rule.id, await getLocale()).title } : {}
}

export default async function RuleRoute(props: Props) {
  await enter('self')
  const rule = await ruleOf(props)
  if (!rule) notFound()
  return <RulePage rule={rule} />
}
