import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { policiesQuery } from '#client/api/reference-data.ts'
import type { Sent } from './sending.ts'

/** “removed under 2.2, artyom_2 blocked”: what a decision does, in a clause of a sentence. */
export function useWhat() {
  const { t } = useTranslation('flow')
  const { data: policies } = useQuery(policiesQuery)
  return ({ input, handle, stage }: Sent) => {
    const said = tell(input, handle)
    return stage.kind === 'proposed' ? t('what.proposed', { what: said }) : said
  }

  function tell(input: Sent['input'], handle: string) {
    const onPost = input.measures.find(({ target }) => target === 'post')
    const onAccount = input.measures.find(({ target }) => target === 'account')
    const done = onPost?.kind ?? (input.exemption ? 'exempt' : input.outcome === 'no_violation' ? 'kept' : 'noted')
    const what = t(`what.${done as 'remove'}`)
    const code = input.clause ? (policies?.get(input.clause.id)?.code ?? input.clause.id) : null
    const post = code ? t('what.under', { what, code }) : what
    if (!onAccount) return post
    return t('what.both', { post, account: t(`what.${onAccount.kind as 'block'}`, { handle }) })
  }
}
