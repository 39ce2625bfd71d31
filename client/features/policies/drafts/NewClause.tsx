import { Button, SegmentedControl, TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiError } from '#client/api/call.ts'
import { ButtonLink } from '#client/ui/links.tsx'
import { usePageTitle } from '#client/ui/page.tsx'
import { NewClause as Clause } from '#shared/contract/policy-drafts.ts'
import css from '../policies.module.css'
import { useOpenDraft } from '../policies.queries.ts'
import own from './drafts.module.css'

/** What a clause that there is not yet goes by; the rest is written on its draft. */
export function NewClause() {
  const { t } = useTranslation('drafts')
  usePageTitle(t('new.title'))
  const navigate = useNavigate()
  const open = useOpenDraft(({ id }) => void navigate({ to: '/policies/drafts/$draftId', params: { draftId: id } }))
  const [clause, setClause] = useState<Clause>({ kind: 'clause', code: '', sectionName: '', id: '' })
  const [clientId, setClientId] = useState(() => crypto.randomUUID())
  const [fault, setFault] = useState<string | null>(null)
  function change(part: Partial<Clause>) {
    setClause({ ...clause, ...part })
    setClientId(crypto.randomUUID())
    setFault(null)
  }
  function submit(event: FormEvent) {
    event.preventDefault()
    const parsed = Clause.safeParse(clause)
    if (!parsed.success) {
      const name = parsed.error.issues[0]?.path[0] as 'code' | 'sectionName' | 'id' | undefined
      return setFault(t('new.wrong', { path: name ? label(name) : '' }))
    }
    open.mutate(
      { clientId, newClause: parsed.data },
      {
        onError: (error) => {
          const isTaken =
            error instanceof ApiError && error.body?.issues?.some(({ path }) => path.startsWith('newClause'))
          setFault(t(isTaken ? 'new.taken' : 'new.failed'))
        },
      },
    )
  }
  const label = (name: 'code' | 'sectionName' | 'id') =>
    t(name === 'code' ? 'new.code' : name === 'id' ? 'new.id' : 'new.section')
  const field = (name: 'code' | 'sectionName' | 'id', maxLength: number) => ({
    label: label(name),
    maxLength,
    value: clause[name],
    onChange: (event: { currentTarget: { value: string } }) => change({ [name]: event.currentTarget.value }),
  })
  return (
    <form className={`${css.prose} ${own.form} ${own.alone}`} onSubmit={submit} noValidate>
      <h1>{t('new.title')}</h1>
      <SegmentedControl
        aria-label={t('new.kind')}
        data={(['clause', 'exemption'] as const).map((value) => ({ value, label: t(`new.kind.${value}`) }))}
        value={clause.kind}
        onChange={(value) => change({ kind: value as Clause['kind'] })}
      />
      <TextInput {...field('code', 8)} description={t('new.code.hint')} dir="ltr" data-autofocus />
      <TextInput {...field('sectionName', 60)} dir="auto" />
      <TextInput {...field('id', 100)} description={t('new.id.hint')} dir="ltr" />
      {fault ? (
        <p className="sm bad" role="alert">
          {fault}
        </p>
      ) : null}
      <div className="row6">
        <Button type="submit" variant="filled" loading={open.isPending}>
          {t('new.open')}
        </Button>
        <ButtonLink to="/policies">{t('new.cancel')}</ButtonLink>
      </div>
    </form>
  )
}
