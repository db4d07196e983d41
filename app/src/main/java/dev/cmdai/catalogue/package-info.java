/**
 * The models that there are to fetch: those of the catalogue that ships, those of {@code
 * [models.ID]}, and what {@code hf:OWNER/REPO/FILE} and {@code https://…} name. Contacts nobody,
 * and is loaded by no run that does not ask for it.
 */
@NullMarked
package dev.cmdai.catalogue;

import org.jspecify.annotations.NullMarked;
