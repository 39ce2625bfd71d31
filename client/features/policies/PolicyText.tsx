import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { policiesQuery } from '#client/api/reference-data.ts'
import type { PolicyContent } from '#shared/contract/policies.ts'
import { DiffList, DiffText } from './Diff.tsx'
import css from './policies.module.css'

type Props = {
  kind: 'clause' | 'exemption'
  now: PolicyContent
  /** With one, what became of it is shown. */
  before: PolicyContent | null
}

/** All that a version of a clause says. */
export function PolicyText({ kind, now, before }: Props) {
  const { t } = useTranslation('policies')
  const termsOf = useTerms(kind)
  const groundOf = useGround()
  const examplesOf = ({ examples }: PolicyContent) =>
    examples.map(({ text, falls, why }) => {
      const said = t(falls ? 'example.falls' : 'example.not', { text })
      return why ? `${said} (${why})` : said
    })
  const part = (title: string, linesOf: (content: PolicyContent) => readonly string[]): ReactNode => {
    const [lines, old] = [linesOf(now), before && linesOf(before)]
    if (lines.length === 0 && !old?.length) return null
    return (
      <>
        <h2>{title}</h2>
        <DiffList now={lines} before={old} />
      </>
    )
  }
  return (
    <>
      <DiffText now={now.description} before={before?.description ?? null} />
      {now.alert || before?.alert ? (
        <div className={css.alert}>
          <b className="b">{t('part.alert')}:</b>
          <DiffText now={now.alert ?? ''} before={before && (before.alert ?? '')} />
        </div>
      ) : null}
      {part(t('part.signs'), ({ signs }) => signs)}
      {part(t('part.notThis'), ({ notThis }) => notThis)}
      {part(t('part.questions'), ({ questions }) => questions)}
      {part(t('part.examples'), examplesOf)}
      {part(t('part.usual'), ({ usualMeasures }) => usualMeasures)}
      {part(t('part.terms'), termsOf)}
      {part(t('part.ground'), groundOf)}
    </>
  )
}

/** What a decision under it must have and brings with it, a line each. */
function useTerms(kind: Props['kind']) {
  const { t } = useTranslation('policies')
  const { data: policies } = useQuery(policiesQuery)
  const nameOf = (id: string) => {
    const policy = policies?.get(id)
    return policy ? `${policy.code} ${policy.shortName}` : id
  }
  return (content: PolicyContent): string[] => {
    const { severity, strikeWeight, appealDays, requiredFields, exemptions } = content
    const name = t('term.name', { name: content.shortName })
    if (kind === 'exemption') return content.isRetired ? [name, t('term.retired')] : [name]
    return [
      name,
      t('term.severity', { severity: t(`severity.${severity}`) }),
      t('term.strikes', { n: strikeWeight }),
      appealDays > 0 ? t('term.appeal', { n: appealDays }) : t('term.noAppeal'),
      ...requiredFields.map((field) => t('term.required', { field: t(`required.${field}`) })),
      ...(exemptions === null ? [t('term.allExemptions')] : exemptions.length === 0 ? [t('term.noExemption')] : []),
      ...(exemptions ?? []).map((id) => t('term.exemption', { name: nameOf(id) })),
      ...(content.needsPurposeTest ? [t('term.purpose')] : []),
      ...(content.isRestricted ? [t('term.restricted')] : []),
      ...(content.isRetired ? [t('term.retired')] : []),
    ]
  }
}

/** `STATEMENT_CATEGORY_RISK_FOR_PUBLIC_SECURITY` as people read it. */
const spoken = (code: string) =>
  code
    .replace(/^(STATEMENT_CATEGORY|KEYWORD)_/, '')
    .replaceAll('_', ' ')
    .toLowerCase()

function useGround() {
  const { t } = useTranslation('policies')
  return ({ ground: { tco, dsaCategory, dsaKeywords } }: PolicyContent): string[] => [
    ...(tco ? [t('ground.tco', { article: tco })] : []),
    ...(dsaCategory ? [t('ground.dsa', { category: spoken(dsaCategory) })] : []),
    ...(dsaKeywords.length > 0 ? [t('ground.keywords', { keywords: dsaKeywords.map(spoken).join(', ') })] : []),
  ]
}
