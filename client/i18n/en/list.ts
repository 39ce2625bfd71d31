/** Words that all lists share. */
export const list = {
  filterBy: 'Filter by',
  sort: 'Order',
  shown: '{{from}} to {{to}} shown',
  more: 'Loading more',
  loading: 'Loading',
  updated: 'Updated {{time}}',
  moreFailed: 'The next rows did not load.',
  kept: 'Nothing was changed.',
  yes: 'Yes',
  no: 'No',
  clear: 'Clear the filters',
  'sort.newest': 'Newest first',
  'sort.oldest': 'Oldest first',
} as const
