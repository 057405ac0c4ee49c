/** What tests are written with: people, couples, the API held against its document, streams. */
@NullMarked
package org.stillpoint.testkit;

import org.jspecify.annotations.NullMarked;
