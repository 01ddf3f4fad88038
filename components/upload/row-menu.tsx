import Link from 'next/link'
import { useTranslations } from 'next-intl'
import type { ReportBlock, ReportSource } from '@/lib/core'
import { type Asked, linesHref } from './asking'
import { EncodingQuestion, FormatQuestion } from './questions'

type Kind = 'config' | 'table' | 'intended' | 'log' | 'headers' | 'other' | 'archive' | 'unknown'

function kindOfBlock(block: ReportBlock): Kind {
  if (block.log) return 'log'
  if (block.intended) return 'intended'
  if (block.format === 'headers') return 'headers'
  if (!block.collection) return 'other'
  return block.completeness === 'table' ? 'table' : 'config'
}

const kindsOf = (source: ReportSource): Kind[] => {
  const kinds = [...new Set(source.blocks.map(kindOfBlock))]
  if (kinds.length > 0) return kinds
  return source.encoding === 'zip' ? ['archive'] : ['unknown']
}

const hasText = (source: ReportSource): boolean => !['zip', 'binary', ''].includes(source.encoding)

/** What else can be seen and said about a source: unfolded in its row, without scripts too. */
export function RowMenu({ asked }: { asked: Asked }) {
  const t = useTranslations('upload')
  const { source } = asked
  return (
    <details suppressHydrationWarning className="mt-2 print:hidden">
      <summary className="tap py-1 text-table text-accent" aria-label={t('moreNamed', { name: source.name })}>
        {t('more')}
      </summary>
      <div className="mt-1 flex flex-col gap-4 border-s-2 border-line ps-3">
        <div>
          <p className="font-semibold">{t('whatIsThis')}</p>
          {kindsOf(source).map((kind) => (
            <p key={kind} className="max-w-[72ch]">
              {t(`what.${kind}`)}
            </p>
          ))}
        </div>
        {hasText(source) && (
          <>
            <p>
              <Link
                href={linesHref(asked)}
                prefetch={false}
                className="link"
                aria-label={t('viewNamed', { name: source.name })}
              >
                {t('viewLines')}
              </Link>
            </p>
            <div className="flex flex-wrap gap-x-8 gap-y-4">
              <div>
                <FormatQuestion asked={asked} />
                <p className="mt-1 max-w-80 text-meta text-ink-2">{t('readAsHint')}</p>
              </div>
              <EncodingQuestion asked={asked} />
            </div>
          </>
        )}
      </div>
    </details>
  )
}
