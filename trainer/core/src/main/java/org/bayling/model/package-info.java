/**
 * Llama as data plus the order of its layers: configuration, rotary positions, parameters by Hugging Face name, adapters.
 */
package org.bayling.model;
