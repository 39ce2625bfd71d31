import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { usePresent } from '#client/api/presence.ts'
import { peopleQuery, queuesQuery } from '#client/api/reference-data.ts'
import { Face } from '#client/ui/Face.tsx'
import { useFormat } from '#client/ui/format.ts'
import { Drill } from '#client/ui/links.tsx'
import { Panel } from '#client/ui/Panel.tsx'
import type { Board, BoardPerson } from '#shared/contract/board.ts'
import { may } from '#shared/domain/permissions.ts'
import css from './board.module.css'

/** Who is at work and what they hold, by name: nobody stands before anybody for what they do. */
export function People({ board }: { board: Board }) {
  const { t } = useTranslation('board')
  const { data: people } = useQuery(peopleQuery)
  const present = usePresent()
  const heldBy = new Map(board.people.map((person) => [person.personId, person]))
  const ids = new Set([...present.keys(), ...board.people.map(({ personId }) => personId)])
  const rows = [...ids]
    .flatMap((id) => {
      const person = people?.get(id)
      const { held = [], isHere = false } = heldBy.get(id) ?? {}
      if (!person || (held.length === 0 && !may(person.role, 'review.decide'))) return []
      // The stream knows who came and went since the board was read.
      return [{ id, name: person.name, held, isHere: present.size > 0 ? present.has(id) : isHere }]
    })
    .sort((a, b) => a.name.localeCompare(b.name))
  const here = rows.filter(({ isHere }) => isHere).length
  return (
    <Panel title={t('people')} side={<span className="xs t3 num">{t('here', { count: here })}</span>} isFlush>
      {rows.length === 0 ? <p className={`sm t3 ${css.nobody}`}>{t('nobody')}</p> : null}
      <ul className={css.people} aria-label={t('people')}>
        {rows.map(({ id, name, held, isHere }) => (
          <li key={id}>
            <Face id={id} name={name} isPlain />
            <span className="grow">
              <span className="row6">
                <span className="b cut">{name}</span>
                <span className={`xs ${isHere ? 'ok' : 't3'}`}>{t(isHere ? 'isHere' : 'isAway')}</span>
              </span>
              <Held id={id} name={name} held={held} />
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

function Held({ id, name, held }: { id: string; name: string; held: BoardPerson['held'] }) {
  const { t } = useTranslation('board')
  const format = useFormat()
  const { data } = useQuery(queuesQuery)
  if (held.length === 0) return <span className="xs t3">{t('holdsNothing')}</span>
  return (
    <ul className={`xs t2 ${css.held}`}>
      {held.map(({ queueId, count }) => {
        const queue = data?.items.find((each) => each.id === queueId)?.name ?? queueId
        const n = format.number(count)
        return (
          <li key={queueId}>
            {queue}{' '}
            <Drill
              to="/queue"
              search={{ queue: queueId, holder: id }}
              aria-label={t('holds', { name, queue, count, n })}
            >
              {n}
            </Drill>
          </li>
        )
      })}
    </ul>
  )
}
