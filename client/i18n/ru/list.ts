/** Words that all lists share. */
export const list = {
  filterBy: 'Фильтр по',
  sort: 'Порядок',
  shown: 'показано {{from}}–{{to}}',
  more: 'Загружаются ещё',
  loading: 'Загрузка',
  updated: 'Обновлено {{time}}',
  moreFailed: 'Следующие строки не загрузились.',
  kept: 'Ничего не изменилось.',
  yes: 'Да',
  no: 'Нет',
  clear: 'Сбросить фильтры',
  'sort.newest': 'Сначала новые',
  'sort.oldest': 'Сначала старые',
} as const
