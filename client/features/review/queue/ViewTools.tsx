import { ActionIcon } from '@mantine/core'
import { IconChevronDown, IconPlus } from '@tabler/icons-react'
import { lazy } from 'react'
import { useTranslation } from 'react-i18next'
import { useBox } from '#client/ui/hanging.tsx'
import type { SavedView } from '#shared/contract/views.ts'
import { isSameList, type QueueSearch, searchOfView } from '../queue.search.ts'
import css from './queue.module.css'
import type { View } from './view.ts'

const load = () => import('./ViewForm.tsx')
const NewViewForm = lazy(async () => ({ default: (await load()).NewViewForm }))
const ViewForm = lazy(async () => ({ default: (await load()).ViewForm }))

type Props = { search: QueueSearch; view: View }

/** Saves the list as it is on the screen. */
export function NewView({ search, view }: Props) {
  const { t } = useTranslation('queue')
  const { target, hang, setOpen } = useBox({ position: 'bottom-start', width: 280, warm: load })
  const name = t('saved.new')
  return (
    <>
      <ActionIcon className={`${css.tabTool} ${css.tabPlus}`} aria-label={name} title={name} {...target}>
        <IconPlus size={15} />
      </ActionIcon>
      {hang(<NewViewForm {...{ search, view }} onClose={() => setOpen(false)} />, name)}
    </>
  )
}

type MenuProps = Props & { opened: SavedView; views: readonly SavedView[] }

/** On the tab of the view that is open: its name, its place, who has it. */
export function ViewTabMenu({ opened, ...rest }: MenuProps) {
  const { t } = useTranslation('queue')
  const { target, hang, setOpen } = useBox({ position: 'bottom-start', width: 280, warm: load })
  const name = t('saved.menu', { name: opened.name })
  const isChanged = !isSameList(rest.search, searchOfView(opened))
  return (
    <>
      <ActionIcon size={24} className={css.tabTool} aria-label={name} title={name} {...target}>
        <IconChevronDown size={13} />
      </ActionIcon>
      {isChanged ? <span className={`xs t3 ${css.tabTool}`}>{t('saved.changed')}</span> : null}
      {hang(<ViewForm key={opened.id} {...{ opened, ...rest }} onClose={() => setOpen(false)} />, name)}
    </>
  )
}
