/** Named tensors in files, knowing no architecture: safetensors, GGUF, model and adapter directories. */
package org.bayling.checkpoint;
