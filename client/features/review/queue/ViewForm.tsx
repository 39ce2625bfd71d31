import { Button, Checkbox, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call, errorCode } from '#client/api/call.ts'
import { useMay } from '#client/api/session.ts'
import { announce } from '#client/ui/announce.tsx'
import fields from '#client/ui/filter-fields.module.css'
import { changeView, deleteView, orderViews, type SavedView, saveView } from '#shared/contract/views.ts'
import { type QueueSearch, searchOfView, viewQueryOf } from '../queue.search.ts'
import type { View } from './view.ts'

type Props = { search: QueueSearch; view: View; onClose: () => void }

/** What the screen shows, as a view keeps it. */
const contentOf = (search: QueueSearch, { columns, density }: View) => ({
  query: viewQueryOf(search),
  columns: [...columns],
  density,
})

/** Views are read again after whatever was done to them, done or not. */
function useViewChange<Asked, Reply>(run: (asked: Asked) => Promise<Reply>) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: run,
    onSettled: () =>
      Promise.all([
        queryClient.invalidateQueries({ queryKey: ['views'] }),
        queryClient.invalidateQueries({ queryKey: ['reviews', 'counts', 'views'] }),
      ]),
  })
}

export function NewViewForm({ search, view, onClose }: Props) {
  const { t } = useTranslation('queue')
  const navigate = useNavigate()
  const mayShare = useMay('view.share')
  const [name, setName] = useState('')
  const [isShared, setShared] = useState(false)
  const [clientId] = useState(() => crypto.randomUUID())
  const save = useViewChange(() =>
    call(saveView, { body: { clientId, name: name.trim(), isShared, ...contentOf(search, view) } }),
  )
  async function submit(event: FormEvent) {
    event.preventDefault()
    if (!name.trim() || save.isPending) return
    const saved = await save.mutateAsync(undefined).catch(() => null)
    if (!saved) return
    announce(t('saved.done', { name: saved.name }))
    onClose()
    navigate({ to: '/queue', search: searchOfView(saved) })
  }
  return (
    <form className={fields.fields} onSubmit={(event) => void submit(event)}>
      <Name value={name} onChange={setName} />
      {mayShare ? <Shared isOn={isShared} onChange={setShared} /> : null}
      <p className="xs t3">{t('saved.what')}</p>
      <Failed error={save.error} />
      <Button type="submit" variant="filled" disabled={!name.trim()} loading={save.isPending}>
        {t('saved.save')}
      </Button>
    </form>
  )
}

type ViewFormProps = Props & { opened: SavedView; views: readonly SavedView[] }

export function ViewForm({ search, view, opened, views, onClose }: ViewFormProps) {
  const { t } = useTranslation('queue')
  const navigate = useNavigate()
  const mayShare = useMay('view.share')
  const [name, setName] = useState(opened.name)
  const [isSure, setSure] = useState(false)
  const params = { viewId: opened.id }
  const change = useViewChange((body: Parameters<typeof call<typeof changeView>>[1]['body']) =>
    call(changeView, { params, body }),
  )
  const remove = useViewChange(() => call(deleteView, { params }))
  const order = useViewChange((viewIds: SavedView['id'][]) => call(orderViews, { body: { viewIds } }))
  const at = views.indexOf(opened)

  async function submit(event: FormEvent) {
    event.preventDefault()
    if (!name.trim()) return
    await change.mutateAsync({ name: name.trim() }).catch(() => {})
  }
  async function update() {
    const saved = await change.mutateAsync(contentOf(search, view)).catch(() => null)
    if (!saved) return
    announce(t('saved.done', { name: saved.name }))
    onClose()
  }
  async function drop() {
    if (!isSure) return setSure(true)
    const gone = await remove.mutateAsync(undefined).catch(() => null)
    if (!gone) return
    announce(t('saved.gone', { name: opened.name }))
    onClose()
    navigate({ to: '/queue', search: search.tab ? { tab: search.tab } : {} })
  }
  function move(by: 1 | -1) {
    const ids = views.map(({ id }) => id)
    const others = ids.filter((id) => id !== opened.id)
    order.mutate([...others.slice(0, at + by), opened.id, ...others.slice(at + by)])
    announce(t('saved.moved', { name: opened.name, at: at + by + 1, of: ids.length }))
  }
  return (
    <div className={fields.fields}>
      {opened.isMine ? (
        <>
          <form className="row6" onSubmit={(event) => void submit(event)}>
            <Name value={name} onChange={setName} />
          </form>
          <Button disabled={!name.trim() || name.trim() === opened.name} onClick={(event) => void submit(event)}>
            {t('saved.rename')}
          </Button>
          <Button loading={change.isPending} onClick={() => void update()}>
            {t('saved.update')}
          </Button>
          {mayShare ? <Shared isOn={opened.isShared} onChange={(isShared) => change.mutate({ isShared })} /> : null}
        </>
      ) : null}
      <div className="row6">
        <Button className="grow" disabled={at === 0} onClick={() => move(-1)}>
          {t('saved.left')}
        </Button>
        <Button className="grow" disabled={at === views.length - 1} onClick={() => move(1)}>
          {t('saved.right')}
        </Button>
      </div>
      {opened.isMine ? (
        <Button color="red" variant={isSure ? 'filled' : 'default'} onClick={() => void drop()}>
          {t(isSure ? (opened.isShared ? 'saved.deleteAll' : 'saved.deleteMine') : 'saved.delete')}
        </Button>
      ) : null}
      <Failed error={change.error ?? remove.error ?? order.error} />
    </div>
  )
}

function Name({ value, onChange }: { value: string; onChange: (name: string) => void }) {
  const { t } = useTranslation('queue')
  return (
    <TextInput
      data-autofocus
      className="grow"
      label={t('saved.name')}
      maxLength={60}
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  )
}

function Shared({ isOn, onChange }: { isOn: boolean; onChange: (isShared: boolean) => void }) {
  const { t } = useTranslation('queue')
  return (
    <Checkbox
      label={t('saved.share')}
      checked={isOn}
      onChange={({ currentTarget }) => onChange(currentTarget.checked)}
    />
  )
}

function Failed({ error }: { error: unknown }) {
  const { t } = useTranslation('queue')
  if (!error) return null
  return (
    <p className="sm bad" role="alert">
      {t(errorCode(error) === 'too_many_views' ? 'saved.many' : 'saved.failed')}
    </p>
  )
}
