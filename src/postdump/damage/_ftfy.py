# SPDX-License-Identifier: MIT
"""Prove repairs that ftfy makes: of damages that lost nothing."""

from __future__ import annotations

from postdump.damage import MAX_MISREADINGS, C1Policy, Damage
from postdump.damage._proof import Proof, prove


def prove_by_ftfy(line: str) -> tuple[tuple[Proof, str], ...]:
    """
    Return what ftfy undoes in a line, where its explanation names a damage that makes exactly this line.

    With each proof stands what the last misreading was done to: of one alone, the original.

    >>> prove_by_ftfy("donâ€™t")
    ((Proof(start=3, end=6, after='’'), '’'),)
    """
    import ftfy  # registers codecs when imported, and takes its time

    fixed, steps = ftfy.fix_encoding_and_explain(line)
    encodings = [step.parameter.removeprefix("sloppy-") for step in steps or () if step.action == "encode"]
    damage = before = None
    for encoding in encodings if len(encodings) <= MAX_MISREADINGS else ():
        damage = Damage(misread_as=encoding, c1_policy=C1Policy.KEEP, then=damage)
    for encoding in encodings[1:] if damage else ():
        before = Damage(misread_as=encoding, c1_policy=C1Policy.KEEP, then=before)
    if damage is None or damage.apply(fixed) != line:
        return ()
    proofs = prove(line, fixed, damage) or ()
    return tuple((proof, proof.after if before is None else before.apply(proof.after)) for proof in proofs)
