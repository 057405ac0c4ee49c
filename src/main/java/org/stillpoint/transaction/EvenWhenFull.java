package org.stillpoint.transaction;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * An operation that ends something, or that a person has a right to in every state (S10): it works
 * also while there is no room for what grows. What deletes needs no such word.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface EvenWhenFull {}
