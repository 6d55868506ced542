function proxied<T extends object>(target: T): T {
  return new Proxy(target, {
    get(object, key) {
      const value: unknown = Reflect.get(object, key);
      if (typeof value !== 'function') return value;
      return (...args: unknown[]) => {
        const result: unknown = value.apply(object, args);
        console.log(String(key), typeof result === 'string' ? result.length : result);
        return result;
      };
    },
  });
}

// It is handed on to where the proxy is made.
export const traced = <T extends object>(target: T): T => proxied(target);
