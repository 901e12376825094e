import { CompareForm, FilterLabelled, FilterSelect, FilterWords } from "~/components/ui/filters";
import { Piece } from "./piece";

/** What lists are searched, narrowed and compared by. */
export function FindingOfKit() {
  return (
    <Piece name="Finding in a list, and comparing what is found">
      <div className="grid max-w-xl gap-4">
        <FilterWords label="Title, skill or a word of what it is" value="" />
        <FilterSelect
          name="kit-cap"
          label="Payout cap"
          value=""
          any="With or without"
          options={[["with", "With a cap"]]}
        />
        <CompareForm action="/dev/kit" label="Choose what to compare" most={4}>
          <FilterLabelled id="kit-one" label="Grip and grit">
            <input id="kit-one" name="kit" defaultValue="one" type="checkbox" className="size-5" />
          </FilterLabelled>
        </CompareForm>
      </div>
    </Piece>
  );
}
