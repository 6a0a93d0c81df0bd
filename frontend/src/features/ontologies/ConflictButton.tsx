import { TooltipTrigger } from 'react-aria-components'
import { plural } from '@/i18n'
import { Button } from '@/ui/Button'
import { TriangleAlert } from '@/ui/icons'
import { Tooltip } from '@/ui/Tooltip'
import type { Conflict } from './conflicts'
import type { Key } from './draft'

/** Stands in the header, so that the tree does not move while somebody types. */
export function ConflictButton({
  conflicts,
  onShow,
}: {
  conflicts: readonly Conflict[]
  onShow: (key: Key) => void
}) {
  const first = conflicts[0]
  return (
    <span role="status">
      {first !== undefined && (
        <TooltipTrigger delay={200} closeDelay={0}>
          <Button variant="quiet" icon={<TriangleAlert />} onPress={() => onShow(first.key)}>
            {plural(conflicts.length, '{n} thing to mend', '{n} things to mend')}
          </Button>
          <Tooltip>{first.message}</Tooltip>
        </TooltipTrigger>
      )}
    </span>
  )
}
