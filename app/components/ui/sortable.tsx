import {
  closestCenter,
  DndContext,
  type DragEndEvent,
  KeyboardSensor,
  PointerSensor,
  useSensor,
  useSensors,
} from "@dnd-kit/core";
import {
  arrayMove,
  SortableContext,
  sortableKeyboardCoordinates,
  useSortable,
  verticalListSortingStrategy,
} from "@dnd-kit/sortable";
import { Form, useFetcher } from "@remix-run/react";
import { type ReactNode, useEffect, useId, useState } from "react";
import { IdempotencyKey } from "./form";

/** The part of an address that points to a thing in such a list. */
export const placeOf = (id: string): string => `#thing-${id}`;

export type Sorted = { id: string; name: string; content: ReactNode };

/**
 * Things in an order that can be changed: by two buttons each without scripts, with scripts also by a handle that is dragged
 * with the pointer, or moved with the space bar and the arrow keys. Each move posts `intent` with `field` (the thing's id)
 * and `to` (its new place, from 0) to the page's own action; `whole` as well where the whole page is loaded anew, which then
 * had better point to the thing by `placeOf`.
 */
export function SortableList(props: {
  label: string;
  items: readonly Sorted[];
  intent: string;
  field: string;
  idempotencyKey: string;
}) {
  const { label, intent, field, idempotencyKey } = props;
  const [items, setItems] = useState(props.items);
  useEffect(() => setItems(props.items), [props.items]);
  const ready = useReady();
  const fetcher = useFetcher();
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 4 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  );
  const id = useId();
  const drop = ({ active, over }: DragEndEvent) => {
    const from = items.findIndex((item) => item.id === active.id);
    const to = items.findIndex((item) => item.id === over?.id);
    if (to < 0 || from === to) return;
    setItems(arrayMove([...items], from, to));
    const sent = { intent, [field]: String(active.id), to: String(to) };
    fetcher.submit({ ...sent, idempotencyKey: crypto.randomUUID() }, { method: "post" });
  };
  const nameOf = (one: string | number) => items.find((item) => item.id === one)?.name ?? "";
  const placeOf = (one: string | number) => items.findIndex((item) => item.id === one) + 1;
  return (
    <DndContext
      id={id}
      sensors={sensors}
      collisionDetection={closestCenter}
      onDragEnd={drop}
      accessibility={{
        screenReaderInstructions: {
          draggable:
            "Press space to pick it up, the arrow keys to move it, space again to put it down, Escape to leave it where it was.",
        },
        announcements: {
          onDragStart: ({ active }) => `${nameOf(active.id)} is picked up.`,
          onDragOver: ({ active, over }) =>
            over ? `${nameOf(active.id)} is at place ${placeOf(over.id)}.` : undefined,
          onDragEnd: ({ active, over }) =>
            over ? `${nameOf(active.id)} is put down at place ${placeOf(over.id)}.` : undefined,
          onDragCancel: ({ active }) => `${nameOf(active.id)} is back where it was.`,
        },
      }}
    >
      <SortableContext items={items.map((item) => item.id)} strategy={verticalListSortingStrategy}>
        <ol aria-label={label} className="max-w-3xl">
          {items.map((item, index) => (
            <Row key={item.id} item={item} ready={ready}>
              {[
                { to: index - 1, word: "up", arrow: "↑" },
                { to: index + 1, word: "down", arrow: "↓" },
              ].map(({ to, word, arrow }) => (
                <Form key={word} method="post" preventScrollReset>
                  <IdempotencyKey value={`${idempotencyKey}:${item.id}:${word}:${index}`} />
                  <input type="hidden" name={field} value={item.id} />
                  <input type="hidden" name="to" value={to} />
                  {ready ? null : <input type="hidden" name="whole" value="yes" />}
                  <MoveButton {...{ intent, ready, arrow }} possible={to >= 0 && to < items.length}>
                    Move {item.name} {word}
                  </MoveButton>
                </Form>
              ))}
            </Row>
          ))}
        </ol>
      </SortableContext>
    </DndContext>
  );
}

/** One place up or down. At the end of the list it can do nothing, and keeps the focus of whoever has moved a thing there. */
function MoveButton(props: {
  intent: string;
  ready: boolean;
  possible: boolean;
  arrow: string;
  children: ReactNode;
}) {
  const { possible, ready } = props;
  return (
    <button
      type="submit"
      name="intent"
      value={props.intent}
      disabled={!possible && !ready}
      aria-disabled={!possible}
      onClick={(event) => {
        if (!possible) event.preventDefault();
      }}
      className="min-h-11 min-w-11 rounded-md border border-ink-soft aria-disabled:border-rule aria-disabled:text-rule"
    >
      <span aria-hidden="true">{props.arrow}</span>
      <span className="sr-only">{props.children}</span>
    </button>
  );
}

/** Whether scripts run: what only they can do is shown from then on. */
function useReady(): boolean {
  const [ready, setReady] = useState(false);
  useEffect(() => setReady(true), []);
  return ready;
}

function Row({ item, ready, children }: { item: Sorted; ready: boolean; children: ReactNode }) {
  const sortable = useSortable({ id: item.id });
  const { setNodeRef, setActivatorNodeRef, transform, transition, isDragging } = sortable;
  return (
    <li
      ref={setNodeRef}
      id={placeOf(item.id).slice(1)}
      // Absent until something moves: the server writes no style attribute, which the page's policy would refuse.
      {...(transform
        ? { style: { transform: `translate3d(0, ${transform.y}px, 0)`, transition } }
        : {})}
      className={`flex gap-2 border-t border-rule bg-paper py-3 sm:gap-4 ${isDragging ? "relative z-10 border-ink" : ""}`}
    >
      {ready ? (
        <button
          ref={setActivatorNodeRef}
          type="button"
          {...sortable.attributes}
          {...sortable.listeners}
          className="min-h-11 min-w-11 shrink-0 cursor-grab touch-none self-start rounded-md text-ink-soft"
        >
          <span aria-hidden="true">⠿</span>
          <span className="sr-only">Place of {item.name}</span>
        </button>
      ) : (
        <span className="min-w-11 shrink-0" />
      )}
      <div className="min-w-0 grow">{item.content}</div>
      <div className="flex shrink-0 flex-col gap-1 self-start sm:flex-row">{children}</div>
    </li>
  );
}
